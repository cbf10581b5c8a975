window.YTD.following.part0 = [
  { "following" : { "accountId" : "222", "userLink" : "https://twitter.com/intent/user?user_id=222" } }
]

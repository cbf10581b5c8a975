window.YTD.mute.part0 = [
  { "muting" : { "accountId" : "901", "userLink" : "https://twitter.com/intent/user?user_id=901" } }
]

window.YTD.block.part0 = [
  { "blocking" : { "accountId" : "900", "userLink" : "https://twitter.com/intent/user?user_id=900" } }
]

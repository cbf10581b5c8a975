window.YTD.follower.part0 = [
  { "follower" : { "accountId" : "222" } },
  { "follower" : { "accountId" : "333" }
  { "follower" : { "accountId" : "444" } }
]

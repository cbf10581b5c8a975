window.YTD.following.part0 = [ { "following" : { "accountId" : "555" } }, { "following" : { "accountId" : "../x" } } ]

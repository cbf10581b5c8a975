window.YTD.account.part0 = [
  {
    "account" : {
      "email" : "ann.lee@example.com",
      "createdVia" : "web",
      "username" : "AnnLee",
      "accountId" : "111",
      "createdAt" : "2009-03-01T10:00:00.000Z",
      "accountDisplayName" : "Ann Lee"
    }
  }
]

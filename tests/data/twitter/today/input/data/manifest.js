window.__THAR_CONFIG = {
  "userInfo" : { "accountId" : "111", "userName" : "annlee", "displayName" : "Ann Lee" },
  "archiveInfo" : { "sizeBytes" : "1", "generationDate" : "2026-11-20T18:28:30.000Z" }
}

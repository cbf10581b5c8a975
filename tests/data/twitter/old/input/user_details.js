var user_details =  {
  "screen_name" : "annlee",
  "location" : "Toronto",
  "full_name" : "Ann Lee",
  "bio" : "",
  "id" : "111",
  "created_at" : "2009-03-01 10:00:00 +0000"
}

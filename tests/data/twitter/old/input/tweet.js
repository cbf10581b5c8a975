window.YTD.tweet.part0 = [ {
  "retweeted" : false,
  "entities" : { "user_mentions" : [ { "name" : "Bob", "screen_name" : "bob", "indices" : [ "0", "4" ], "id_str" : "222", "id" : "222" } ] },
  "id_str" : "30",
  "created_at" : "Tue Nov 23 18:28:30 +0000 2010",
  "full_text" : "@bob hello"
} ]

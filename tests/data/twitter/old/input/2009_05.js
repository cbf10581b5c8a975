Grailbird.data.tweets_2009_05 = 
 [ {
  "source" : "web",
  "entities" : { "user_mentions" : [ { "name" : "Cid", "screen_name" : "cid", "indices" : [ 3, 7 ], "id_str" : "333", "id" : 333 } ] },
  "id" : 20,
  "id_str" : "20",
  "text" : "RT @cid: fine",
  "created_at" : "2009-05-01 10:00:00 +0000",
  "user" : { "name" : "Ann Lee", "screen_name" : "annlee", "id_str" : "111" }
} ]

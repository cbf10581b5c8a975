window.YTD.tweets.part0 = [
  {
    "tweet" : {
      "retweeted" : false,
      "source" : "<a href=\"http://twitter.com\" rel=\"nofollow\">Web</a>",
      "entities" : { "hashtags" : [ ], "user_mentions" : [
        { "name" : "Bob &amp; Co ☕", "screen_name" : "BobNew", "indices" : [ "0", "4" ], "id_str" : "222", "id" : "222" },
        { "name" : "Gone", "screen_name" : "gone", "indices" : [ "5", "10" ], "id_str" : "-1", "id" : "-1" },
        { "name" : "Ann Lee", "screen_name" : "AnnLee", "indices" : [ "11", "18" ], "id_str" : "111", "id" : "111" } ], "urls" : [ ] },
      "id_str" : "5005",
      "created_at" : "Tue Nov 17 18:28:30 +0000 2026",
      "full_text" : "@BobNew @gone @AnnLee lunch &lt;b&gt;today&lt;/b&gt; &amp; tomorrow?",
      "in_reply_to_user_id_str" : "222",
      "in_reply_to_screen_name" : "BobNew",
      "lang" : "en"
    }
  },
  {
    "tweet" : {
      "entities" : { "user_mentions" : [
        { "name" : "Cid", "screen_name" : "cid", "indices" : [ "3", "7" ], "id_str" : "333", "id" : "333" },
        { "name" : "Dora", "screen_name" : "dora", "indices" : [ "20", "25" ], "id_str" : "444", "id" : "444" } ] },
      "id_str" : "5004",
      "created_at" : "Mon Nov 16 20:00:00 +0200 2026",
      "full_text" : "RT @Cid: an evening with @dora"
    }
  },
  {
    "tweet" : {
      "entities" : { "user_mentions" : [
        { "name" : "Bob", "screen_name" : "bobold", "indices" : [ "0", "7" ], "id_str" : "222", "id" : "222" } ] },
      "id_str" : "5003",
      "created_at" : "Thu Jan 01 00:00:00 +0000 1970",
      "full_text" : "@bobold a year that never was"
    }
  },
  { "tweet" : { "id_str" : "5002", "created_at" : "someday", "full_text" : "no date" } },
  { "tweet" : { "id_str" : "5001", "created_at" : "Tue Nov 10 08:00:00 +0000 2026", "full_text" : "Good morning",
      "in_reply_to_user_id_str" : "111", "in_reply_to_screen_name" : "AnnLee", "entities" : { "user_mentions" : [ ] } } },
  { "tweet" : { "id_str" : "5000", "created_at" : "Mon Nov 09 08:00:00 +0000 2026", "full_text" : "@eve yes",
      "in_reply_to_user_id_str" : "555", "in_reply_to_screen_name" : "Eve", "entities" : { "user_mentions" : [ ] } } }
]

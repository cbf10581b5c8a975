window.YTD.deleted_tweets.part0 = [ { "tweet" : { "id_str" : "1", "created_at" : "Tue Nov 23 18:28:30 +0000 2010", "full_text" : "@bob no" } } ]

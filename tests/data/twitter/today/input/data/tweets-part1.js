window.YTD.tweets.part1 = [ { "tweet" : { "id_str" : "4000", "created_at" : "Sat Nov 07 08:00:00 +0000 2026", "full_text" : "The other part" } } ]

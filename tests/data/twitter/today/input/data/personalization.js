window.YTD.personalization.part0 = [ { "p13nData" : { "interests" : [ ] } } ]

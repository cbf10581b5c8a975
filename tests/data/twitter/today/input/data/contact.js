window.YTD.contact.part0 = [
  { "contact" : { "id" : "1", "emails" : [ "Bob@Example.com", "bob2@example.com" ], "phoneNumbers" : [ "416 555 0169" ] } },
  { "contact" : { "id" : "2", "emails" : [ ], "phoneNumbers" : [ "+1 647-555-0177" ] } },
  { "contact" : { "id" : "3", "emails" : [ "ann.lee@example.com" ], "phoneNumbers" : [ ] } },
  { "contact" : { "id" : "4", "emails" : [ ], "phoneNumbers" : [ "12" ] } }
]

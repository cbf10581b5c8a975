window.YTD.direct_message.part0 = [ {
  "dmConversation" : { "conversationId" : "111-222", "messages" : [ {
    "messageCreate" : { "recipientId" : "111", "text" : "Hi", "mediaUrls" : [ ], "senderId" : "222", "id" : "9", "createdAt" : "2010-11-23T18:28:30.000Z" } } ] } } ]

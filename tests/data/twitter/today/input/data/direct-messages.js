window.YTD.direct_messages.part0 = [
  {
    "dmConversation" : {
      "conversationId" : "111-222",
      "messages" : [
        { "messageCreate" : { "recipientId" : "222", "reactions" : [ ], "urls" : [ ], "text" : "See you", "mediaUrls" : [ ], "senderId" : "111", "id" : "71", "createdAt" : "2026-11-02T10:00:01.500Z", "editHistory" : [ ] } },
        { "messageCreate" : { "recipientId" : "111", "text" : "Thursday?", "senderId" : "222", "id" : "70", "createdAt" : "2026-11-02T09:00:00.000Z" } },
        { "messageCreate" : { "recipientId" : "111", "text" : "A note to myself", "senderId" : "111", "id" : "69", "createdAt" : "2026-11-01T09:00:00.000Z" } },
        { "messageCreate" : { "recipientId" : "111", "text" : "When?", "senderId" : "222", "id" : "68", "createdAt" : "yesterday" } }
      ]
    }
  }
]

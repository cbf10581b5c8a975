window.YTD.direct_messages_group.part0 = [
  {
    "dmConversation" : {
      "conversationId" : "777",
      "messages" : [
        { "messageCreate" : { "reactions" : [ ], "text" : "Hello all", "senderId" : "111", "id" : "81", "createdAt" : "2026-10-02T10:00:00.000Z" } },
        { "participantsLeave" : { "userIds" : [ "444" ], "createdAt" : "2026-10-01T12:00:00.000Z" } },
        { "messageCreate" : { "text" : "Hi", "senderId" : "333", "id" : "80", "createdAt" : "2026-10-01T10:00:00.000Z" } },
        { "conversationNameUpdate" : { "initiatingUserId" : "222", "name" : "Lunch", "createdAt" : "2026-10-01T09:30:00.000Z" } },
        { "joinConversation" : { "initiatingUserId" : "222", "participantsSnapshot" : [ "222", "333", "111" ], "createdAt" : "2026-10-01T09:00:00.000Z" } }
      ]
    }
  }
]

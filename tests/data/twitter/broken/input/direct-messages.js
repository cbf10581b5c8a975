window.YTD.direct_messages.part0 = [ { "dmConversation" : { "conversationId" : "111-222", "messages" : [
  { "messageCreate" : { "recipientId" : "222", "text" : "Whose?", "senderId" : "111", "id" : "71", "createdAt" : "2026-11-02T10:00:01.500Z" } },
  { "messageCreate" : { "recipientId" : "222", "text" : "Whose?", "senderId" : "111", "id" : "72", "createdAt" : "2026-11-02T10:00:02.500Z" } } ] } } ]

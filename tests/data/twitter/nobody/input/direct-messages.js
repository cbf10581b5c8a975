window.YTD.direct_messages.part0 = [
 { "dmConversation" : { "conversationId" : "111-222", "messages" : [
  { "messageCreate" : { "recipientId" : "222", "text" : "a", "senderId" : "111", "id" : "71", "createdAt" : "2026-11-02T10:00:01.500Z" } } ] } },
 { "dmConversation" : { "conversationId" : "111-333", "messages" : [
  { "messageCreate" : { "recipientId" : "111", "text" : "b", "senderId" : "333", "id" : "72", "createdAt" : "2026-11-02T10:00:02.500Z" } } ] } } ]

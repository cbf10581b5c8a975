window.YTD.direct_message_headers.part0 = [ { "dmConversation" : { "conversationId" : "111-222", "messages" : [
  { "messageCreate" : { "id" : "71", "senderId" : "111", "recipientId" : "222", "createdAt" : "2026-11-02T10:00:01.500Z" } } ] } } ]

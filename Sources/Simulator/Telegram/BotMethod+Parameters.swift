extension BotMethod {
  /// Parameters with their kinds.
  typealias Parameters = [String: BotCall.Kind]

  /// The parameters of the method in Bot API 10.3, with their kinds.
  var parameters: Parameters {
    switch self {
    case .sendMessage: Self.sending + Self.text
    case .sendRichMessage: Self.sending + ["rich_message": .object]
    case .sendMessageDraft:
      Self.draft + ["text": .string, "parse_mode": .string, "entities": .array]
    case .sendRichMessageDraft: Self.draft + ["rich_message": .object]
    case .sendChatAction: Self.thread + Self.business + ["action": .string]
    case .sendDocument:
      Self.sending + Self.caption
        + ["document": .file, "thumbnail": .file, "disable_content_type_detection": .boolean]
    case .copyMessage:
      Self.thread + Self.silent + Self.answering + Self.caption
        + [
          "from_chat_id": .chat, "message_id": .integer, "video_start_timestamp": .integer,
          "show_caption_above_media": .boolean,
        ]
    case .copyMessages:
      Self.thread + Self.silent
        + ["from_chat_id": .chat, "message_ids": .array, "remove_caption": .boolean]
    case .editMessageText: Self.edited + Self.text + ["rich_message": .object]
    case .editMessageCaption:
      Self.edited + Self.caption + ["show_caption_above_media": .boolean]
    case .editMessageReplyMarkup: Self.edited
    case .deleteMessage: Self.message
    case .setMessageReaction: Self.message + ["reaction": .array, "is_big": .boolean]
    case .createForumTopic:
      [
        "chat_id": .chat, "name": .string, "icon_color": .integer,
        "icon_custom_emoji_id": .string,
      ]
    case .editForumTopic: Self.thread + ["name": .string, "icon_custom_emoji_id": .string]
    case .closeForumTopic, .reopenForumTopic, .deleteForumTopic: Self.thread
    case .getMe, .getWebhookInfo, .getForumTopicIconStickers: [:]
    case .getUpdates:
      ["offset": .integer, "limit": .integer, "timeout": .integer, "allowed_updates": .array]
    case .setWebhook:
      [
        "drop_pending_updates": .boolean, "url": .string, "ip_address": .string,
        "max_connections": .integer, "allowed_updates": .array, "secret_token": .string,
      ]
    case .deleteWebhook: ["drop_pending_updates": .boolean]
    case .setMyCommands: ["scope": .object, "language_code": .string, "commands": .array]
    case .getMyCommands, .deleteMyCommands: ["scope": .object, "language_code": .string]
    case .answerCallbackQuery:
      [
        "callback_query_id": .string, "text": .string, "show_alert": .boolean, "url": .string,
        "cache_time": .integer,
      ]
    case .getFile: ["file_id": .string]
    case .getChat, .getChatAdministrators: ["chat_id": .chat]
    case .getChatMember: ["chat_id": .chat, "user_id": .integer]
    }
  }

  private static let thread: Parameters = ["chat_id": .chat, "message_thread_id": .integer]
  private static let business: Parameters = ["business_connection_id": .string]
  private static let message: Parameters = ["chat_id": .chat, "message_id": .integer]
  private static let text: Parameters = [
    "text": .string, "parse_mode": .string, "entities": .array, "link_preview_options": .object,
  ]
  private static let caption: Parameters = [
    "caption": .string, "parse_mode": .string, "caption_entities": .array,
  ]
  private static let silent: Parameters = [
    "direct_messages_topic_id": .integer, "disable_notification": .boolean,
    "protect_content": .boolean,
  ]
  private static let answering: Parameters = [
    "allow_paid_broadcast": .boolean, "message_effect_id": .string,
    "suggested_post_parameters": .object, "reply_parameters": .object, "reply_markup": .object,
  ]
  private static let sending =
    thread + business + silent + answering + ["ephemeral_message_parameters": .object]
  private static let edited =
    message + business + ["inline_message_id": .string, "reply_markup": .object]
  private static let draft: Parameters = [
    "chat_id": .integer, "message_thread_id": .integer, "draft_id": .integer,
    "can_stop": .boolean, "keep_on_stop": .boolean,
  ]
}

/// Both lists of parameters; no name stands in both with different kinds.
private func + (left: BotMethod.Parameters, right: BotMethod.Parameters) -> BotMethod.Parameters {
  left.merging(right) { first, _ in first }
}

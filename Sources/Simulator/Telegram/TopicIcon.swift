/// The looks that a topic may have.
enum TopicIcon {
  /// The colours that the Bot API takes, as RGB.
  static let colors: [Int64] = [
    7_322_096, 16_766_590, 13_338_331, 9_367_192, 16_749_490, 16_478_047,
  ]

  /// The custom emoji that everybody may use, a part of what `getForumTopicIconStickers` lists.
  static let emoji: [(id: String, looks: String)] = [
    ("5312536423851630001", "💡"), ("5312016608254762256", "⚡️"), ("5377544228505134960", "🎙"),
    ("5418085807791545980", "🔝"), ("5370870893004203704", "🗣"), ("5420216386448270341", "🆒"),
    ("5379748062124056162", "❗️"), ("5373251851074415873", "📝"), ("5433614043006903194", "📆"),
    ("5357315181649076022", "📁"), ("5309965701241379366", "🔎"), ("5309984423003823246", "📣"),
    ("5312241539987020022", "🔥"), ("5312138559556164615", "❤️"), ("5377316857231450742", "❓"),
    ("5350305691942788490", "📈"), ("5377438129928020693", "⁉️"), ("5350554349074391003", "💻"),
    ("5409357944619802453", "📱"), ("5377498341074542641", "‼️"), ("5408906741125490282", "🏁"),
    ("5237699328843200968", "✅"), ("5238156910363950406", "✍️"), ("5417915203100613993", "💬"),
    ("5377624166436445368", "🛟"),
  ]

  /// What a custom emoji looks like; nil when it is none of those.
  static func looks(of id: String) -> String? { emoji.first { $0.id == id }?.looks }

  /// The stickers as the Bot API writes them.
  static var stickers: JSONValue {
    .array(
      emoji.map { icon in
        [
          "file_id": .string("icon-" + icon.id), "file_unique_id": .string("uicon-" + icon.id),
          "type": "custom_emoji", "width": 100, "height": 100, "is_animated": false,
          "is_video": false, "emoji": .string(icon.looks), "custom_emoji_id": .string(icon.id),
          "needs_repainting": false,
        ]
      })
  }
}

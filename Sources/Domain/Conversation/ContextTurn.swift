/// One turn of what a model is told.
package struct ContextTurn: Equatable, Sendable {
  /// Who speaks.
  package enum Role: String, Equatable, Sendable { case system, user, assistant }

  /// Who speaks.
  package var role: Role
  /// A picture that goes with a turn.
  package struct Picture: Equatable, Sendable {
    /// The media type, `image/jpeg` and such.
    package var mediaType: String
    /// The file's content.
    package var bytes: [UInt8]

    /// Makes a picture.
    package init(mediaType: String, bytes: [UInt8]) {
      self.mediaType = mediaType
      self.bytes = bytes
    }
  }

  /// What is said.
  package var text: String
  /// What is shown with it; only a user's turn has pictures.
  package var pictures: [Picture]

  /// Makes a turn.
  package init(role: Role, text: String, pictures: [Picture] = []) {
    self.role = role
    self.text = text
    self.pictures = pictures
  }
}

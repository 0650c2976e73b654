/// The way in which a request uses a key, which determines the valid characters.
enum KeyPurpose: Sendable {
    /// The key is sent as it is, or signs requests.
    case key
    /// The key is a user name and a password, which are sent in base64.
    case userAndPassword
}

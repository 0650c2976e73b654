/// A key that a request uses, with what its replacement needs if the provider refuses it.
struct UsedKey: Sendable {
    let key: APIKey
    /// The number of refreshes that had ended when the key was looked up. `nil` if the key never changes.
    let refreshes: Int?
}

/// Where a provider wants its key. The key itself comes from ``Credentials``.
public enum Authorization: Sendable, Hashable {
    /// No key is sent.
    case none
    /// As a member of the JSON object in the body: `{"key": …}`.
    case jsonBody(String)
    /// As a header, after a prefix with its space: `header("Authorization", prefix: "Key ")`.
    case header(String, prefix: String = "")
    /// As a query item. The URL is then a secret, and FetchKit shows it to nobody.
    case query(String)

    /// `Authorization: Bearer …`
    public static var bearer: Self { .header("Authorization", prefix: "Bearer ") }
}

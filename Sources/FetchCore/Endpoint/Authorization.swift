/// The part of a request that carries the provider's key.
///
/// An authorization doesn't contain the key. The client takes the key from ``Credentials``, and sends it to the
/// endpoint's own origin and ``FetchEndpoint/domains`` only.
public enum Authorization: Sendable, Hashable {
    /// The request carries no key, and the client doesn't look one up.
    case none
    /// The key is a member of the JSON object in the body: `.jsonBody("key")` sends `{"key": "…"}`.
    ///
    /// The client adds the member to the ``RequestBody/json(_:)`` that the endpoint returns, and replaces a member of
    /// that name. A body of another media type can't carry the key: the request fails with
    /// ``FetchError/Code/malformedEndpoint``.
    case jsonBody(String)
    /// The key is the value of a header field, after a prefix: `.header("Authorization", prefix: "Key ")`.
    ///
    /// The prefix is sent as it is, including its space. It defaults to an empty string.
    case header(String, prefix: String = "")
    /// The key is the value of a query item, which the client appends to the URL.
    ///
    /// The complete URL is then a secret. Errors, descriptions and events contain the URL without its query.
    case query(String)

    /// The header field `Authorization: Basic …`. The key is the user name, a colon and the password, which are sent in
    /// base64.
    ///
    /// A key without a colon fails the request with ``FetchError/Code/malformedKey``. In responses and errors, the
    /// password and the base64 form are redacted as well as the entire key.
    case basic
    /// The endpoint signs its requests in ``FetchEndpoint/sign(_:with:at:)``, which receives the key.
    ///
    /// The client adds nothing to the request. It calls that function last, when everything else is in the request.
    case signed

    /// The header field `Authorization: Bearer …`.
    public static var bearer: Self { .header("Authorization", prefix: "Bearer ") }
}

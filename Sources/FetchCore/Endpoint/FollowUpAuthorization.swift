/// The authorization of a ``FollowUp``: the endpoint's own, none, or another one.
///
/// This type isn't an optional ``Authorization``, in which `.none` would mean `nil`.
public enum FollowUpAuthorization: Sendable, Hashable {
    /// The key is sent in the same way as by the endpoint's other requests: ``FetchEndpoint/authorization`` applies.
    case inherited
    /// The request carries no key, whichever server it is sent to, and the client doesn't look one up.
    case none
    /// The key is sent in another way.
    case custom(Authorization)
}

extension FollowUpAuthorization {
    /// The authorization of a request whose endpoint declares `inherited`.
    package func resolved(inheriting inherited: Authorization) -> Authorization {
        switch self {
        case .inherited: inherited
        case .none: .none
        case .custom(let authorization): authorization
        }
    }
}

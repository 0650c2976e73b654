// The header field that carries the key.
extension Authorization {
    /// The name of the field. `nil` if another part of the request carries the key.
    var headerName: String? {
        switch self {
        case .header(let name, _): name
        case .basic: "Authorization"
        case .none, .jsonBody, .query, .signed: nil
        }
    }

    /// The beginning of the field's value.
    var headerPrefix: String {
        switch self {
        case .header(_, let prefix): prefix
        case .basic: "Basic "
        case .none, .jsonBody, .query, .signed: ""
        }
    }

    /// Returns the value of the field.
    func headerValue(with key: APIKey) -> String {
        if case .basic = self { return headerPrefix + KeyForms.base64(of: key) }
        return headerPrefix + key.secret
    }

    /// The use of the key.
    var purpose: KeyPurpose {
        if case .basic = self { .userAndPassword } else { .key }
    }
}

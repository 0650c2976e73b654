/// The place of a value in the response to a submission.
///
/// A string literal is a member of the body: `"id"`, `"data.task_id"`.
public enum SubmissionPlace: Sendable, Hashable {
    /// A member of the JSON body, by its name or by a path as for the subscript of a ``JSONValue``, such as
    /// `data.items[0].id`.
    case member(String)

    /// A header field, such as `Location` or `Operation-Location`.
    case header(String)
}

extension SubmissionPlace: ExpressibleByStringLiteral {
    /// Creates the place of a member, which is validated when its endpoint is registered.
    public init(stringLiteral path: String) { self = .member(path) }
}

extension SubmissionPlace: CustomStringConvertible {
    /// The member's path, or the name of the field with the word "header".
    public var description: String {
        switch self {
        case .member(let path): path.onOneLine(maxLength: 80)
        case .header(let name): "the header \(name.onOneLine(maxLength: 80))"
        }
    }
}

extension SubmissionPlace {
    /// Throws if no response can have a value at this place.
    func validate() throws(FetchError) {
        switch self {
        case .header(let name):
            guard !HeaderSyntax.isToken(name) else { return }
            throw malformed("is not the name of a header field", "Write a name such as Location.")
        case .member(let path):
            do throws(JSONPath.SyntaxError) {
                _ = try JSONPath(path)
            } catch {
                throw malformed(
                    "is not a path: \(error.reason)",
                    "Write member names joined by dots, such as data.task_id."
                )
            }
        }
    }

    private func malformed(_ reason: String, _ remedy: String) -> FetchError {
        FetchError(.malformedEndpoint, "\(self) of the submission form \(reason)", remedy: remedy)
    }

    /// Returns the value at this place, or `nil` if there is none, or if it is `null` or an empty string.
    ///
    /// - Parameters:
    ///   - response: The response.
    ///   - body: Its body. `nil` if that isn't JSON.
    /// - Returns: The value.
    func value(in response: FetchResponse, _ body: JSONValue?) -> JSONValue? {
        let value: JSONValue? =
            switch self {
            case .member(let path): body?[path]
            case .header(let name): response.headers[name].map { .string($0) }
            }
        return value == .string("") ? nil : value
    }
}

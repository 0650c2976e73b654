import FetchCore

extension JSONValue {
    /// The message or code of an error, from a string or an integer. `nil` for any other value, so that an unexpected
    /// type doesn't fail the whole response.
    var explanation: String? {
        let text = string ?? integer.map(String.init)
        return text?.isEmpty == true ? nil : text
    }
}

extension PercentEncoding {
    /// Returns a value as a segment of a path; `nil` if it can't be one, such as `..`.
    package static func segment(_ value: String) -> String? {
        (try? IDText.validate(value)) == nil ? nil : encode(value)
    }
}

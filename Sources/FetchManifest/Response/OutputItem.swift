import FetchCore

/// A value of a response that is an output, and what the manifest and the response say of it.
struct OutputItem {
    let value: JSONValue
    /// The declared media type, which overrides one that the value implies.
    let mediaType: String?
    /// Other links to the same file.
    let mirrors: [String]
    let needsKey: Bool
    /// The field of the manifest and the value path, for problems.
    let location: String
}

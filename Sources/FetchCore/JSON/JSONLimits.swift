/// The limits on a JSON text.
///
/// They are far above any provider's responses, and keep one response from taking the stack, the memory or the time of others.
enum JSONLimits {
    /// Levels of nesting. A thread of an app may have 512 kB of stack, and a reader needs some of it for each level.
    static let depth = 64

    /// Values, those of objects and arrays included. For a decoder also its other work, see ``JSONParser/Purpose/decoder``.
    static let values = 200_000

    /// Bytes of strings and names, without escapes: twice the default limit of a response.
    static let text = 64 << 20
}

/// The limits on JSON.
///
/// Those by default are far above any provider's responses, and keep one response from taking the stack, the memory or the time of
/// others.
package struct JSONLimits: Sendable {
    /// Levels of nesting. Defaults to 64: a thread of an app may have 512 kB of stack, and a reader needs some of it for each level.
    package var depth = 64

    /// Values, those of objects and arrays included. Defaults to 200,000. For a decoder also its other work, see
    /// ``JSONParser/Purpose/decoder``.
    package var values = 200_000

    /// Bytes of strings and names, without escapes. Defaults to 64 MiB, twice the default limit of a response.
    package var text = 64 << 20

    /// Creates the limits by default.
    package init() {}
}

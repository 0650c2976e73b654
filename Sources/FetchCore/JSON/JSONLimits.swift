/// The limits on a JSON document.
///
/// The defaults are far above the responses of any provider. They prevent that one response exhausts the stack, the
/// memory or the processor.
package struct JSONLimits: Sendable {
    /// The maximum nesting depth. Defaults to 64, since a thread of an app may have a stack of 512 kB, and parsers are
    /// recursive.
    package var depth = 64

    /// The maximum number of values, including objects and arrays. Defaults to 200,000.
    ///
    /// For a decoder, other costs count as values too: see ``JSONParser/Purpose/decoder``.
    package var values = 200_000

    /// The maximum total size of strings and member names in bytes, after unescaping. Defaults to 64 MiB, twice the
    /// default limit of a response.
    package var text = 64 << 20

    /// Creates the default limits.
    package init() {}
}

/// The id of a job as a string that is compared and hashed by its bytes.
///
/// Swift's strings are equal if they are canonically equivalent, such as an `é` of one and an `é` of two scalars. A
/// server receives bytes, so these are the ids of two jobs. Whatever finds a job by its id uses this type.
package struct JobID: Sendable {
    /// The id.
    package let text: String

    package init(_ text: String) { self.text = text }
}

extension JobID: Hashable {
    package static func == (one: Self, other: Self) -> Bool {
        var (one, other) = (one.text, other.text)
        return one.withUTF8 { one in other.withUTF8 { one.count == $0.count && one.elementsEqual($0) } }
    }

    package func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        // As in other types, so that the end of the id shows in a sequence of values.
        hasher.combine(0xFF as UInt8)
    }
}

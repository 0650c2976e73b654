/// An error about data from which a picture can't be drawn.
package struct PictureError: Error, CustomStringConvertible {
    /// The reason, and the place of the data.
    package var description: String

    package init(_ description: String) {
        self.description = description
    }
}

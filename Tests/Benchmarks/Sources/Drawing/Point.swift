/// A position in a picture, in pixels from the top left corner.
package struct Point: Hashable, CustomStringConvertible {
    package var x: Double
    package var y: Double

    package init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }

    /// The coordinates as in the path of an SVG.
    package var description: String { "\(SVG.number(x)) \(SVG.number(y))" }

    /// Returns the position after a move towards another one, which is at most half of the way.
    func moved(by distance: Double, towards other: Point) -> Point {
        let (width, height) = (other.x - x, other.y - y)
        let length = (width * width + height * height).squareRoot()
        guard length > 0 else { return self }
        let share = min(distance / length, 0.5)
        return Point(x + width * share, y + height * share)
    }
}

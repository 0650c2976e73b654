/// A style of text in a terminal.
package enum TextStyle: Int, Sendable, Hashable {
    case plain = 0
    case bold = 1
    case dim = 2
    case red = 31
    case green = 32
    case yellow = 33
    case cyan = 36
}

import FetchKitCommand

/// The executable of the command `fetchkit`.
@main
enum Main {
    static func main() async { await FetchKitTool.main() }
}

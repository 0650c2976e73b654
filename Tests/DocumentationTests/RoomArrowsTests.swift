#if os(macOS) || os(Linux)
    import Testing

    @Suite("Arrows between the rooms of the core") struct RoomArrowsTests {
        @Test func `the rooms of the core form no circle and are drawn`() throws {
            let run = try ScriptRun("arrows")
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output.contains("Scheduler → "))
        }

        @Test func `arrows that are drawn pass`() throws {
            let run = try arrows(drawn: ["Upper": "Lower", "Lower": "—"])
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output == "Lower\nUpper → Lower\n")
        }

        @Test func `a circle fails even if it is drawn`() throws {
            let run = try arrows(
                ["Lower/Circle.swift": "struct Circle { var user: User? }"],
                drawn: ["Upper": "Lower", "Lower": "Upper"]
            )
            #expect(run.status == 1)
            #expect(run.errors.contains("A circle: Lower → Upper → Lower"))
        }

        @Test func `an arrow that isn't drawn fails`() throws {
            let run = try arrows(drawn: ["Upper": "—", "Lower": "—"])
            #expect(run.status == 1)
            #expect(run.errors.contains("Not drawn: Upper → Lower"))
        }

        @Test func `an arrow that is drawn and isn't in the sources fails`() throws {
            let run = try arrows(drawn: ["Upper": "Lower", "Lower": "Upper"])
            #expect(run.status == 1)
            #expect(run.errors.contains("Drawn, but not in the sources: Lower → Upper"))
        }

        @Test func `a room that isn't drawn fails`() throws {
            let run = try arrows(drawn: ["Upper": "Lower"])
            #expect(run.status == 1)
            #expect(run.errors.contains("Not drawn: the room Lower"))
        }

        @Test(arguments: [
            "// User\n/* User /* User */ User */",
            "let text = \"User \\(1 + 1)\"",
            "let text = \"\"\"\n    User\n    \"\"\"",
            "let text = #\"\\(User())\"#",
            "struct Nested { struct User {}\n var user = User() }",
            "private struct User {}\nprivate let user = User()",
            "func generic<User>(_ value: User) {}",
            "struct Label { func call(User: Int) {} }",
        ])
        func `comments, strings and other declarations of a name are no uses`(source: String) throws {
            let run = try arrows(["Lower/Other.swift": source], drawn: ["Upper": "Lower", "Lower": "—"])
            #expect(run.status == 0, "\(run.errors)")
        }

        @Test(arguments: [
            "let user = User()",
            "extension User { var isOther: Bool { true } }",
            "let text = \"\\(User())\"",
            "let distance = 1.doubled",
            "let distance = 1.scaled(by: 2)",
            "let distance = topmost()",
        ])
        func `types, extensions, members and functions of another room are uses`(source: String) throws {
            let run = try arrows(["Lower/Other.swift": source], drawn: ["Upper": "Lower", "Lower": "—"])
            #expect(run.status == 1)
            #expect(run.errors.contains("Not drawn: Lower → Upper"))
        }

        @Test func `the reasons of an arrow are its places and names`() throws {
            let tree = try SourceTree(files)
            let run = try tree.run("arrows", ["--why", "Upper", "Lower"])
            #expect(run.output == "Upper/User.swift:1: Used\n")
        }

        private let files = [
            "Upper/User.swift": "struct User { var used = Used() }",
            "Upper/Int+Double.swift": "extension Int { var doubled: Int { 2 * self } }",
            "Upper/Int+Scale.swift": "extension Int { func scaled(by factor: Int) -> Int { factor * self } }",
            "Upper/Topmost.swift": "func topmost() -> Int { 1 }",
            "Lower/Used.swift": "struct Used {}",
        ]

        /// Runs the script on a tree with two rooms and further files, and a page that draws these arrows.
        private func arrows(_ further: [String: String] = [:], drawn: [String: String]) throws -> ScriptRun {
            let rows = drawn.map { "| \($0.key) | a purpose | \($0.value) |" }
            let page = ["| Room | Purpose | Uses |", "|---|---|---|"] + rows
            let tree = try SourceTree(
                files.merging(further) { $1 }.merging(["Page.md": page.joined(separator: "\n") + "\n"]) { $1 }
            )
            return try tree.run("arrows", page: "Page.md")
        }
    }
#endif

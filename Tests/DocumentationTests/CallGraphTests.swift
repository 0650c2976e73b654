#if os(macOS) || os(Linux)
    import Testing

    @Suite("Calls within the scheduler's types") struct CallGraphTests {
        @Test func `no function of the scheduler calls itself through others`() throws {
            let run = try ScriptRun("call-graph")
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output.contains("settle(at:) → "))
        }

        @Test func `a circle of calls in several files fails`() throws {
            let run = try callGraph([
                "Machine.swift": "struct Machine { mutating func begin() { step(1) } }",
                "Machine+Step.swift": "extension Machine { mutating func step(_ n: Int) { self.begin() } }",
            ])
            #expect(run.status == 1)
            #expect(run.errors.contains("Calls itself: Machine.step(_:) → Machine.begin() → Machine.step(_:)"))
        }

        @Test(arguments: [
            "struct Machine { func begin() { other.begin() } }",
            "struct Machine { func begin() { begin(at: 1) }\n func begin(at time: Int) {} }",
            "struct Machine { func begin() { task { begin() } } }",
            "struct Machine { func begin() { end() } }\nstruct Other { func end() { begin() } }",
            "struct Machine { /* begin() */ func begin() { print(\"begin()\") } }",
        ])
        func `calls of other types, other overloads and later tasks are no circle`(source: String) throws {
            let run = try callGraph(["Machine.swift": source])
            #expect(run.status == 0, "\(run.errors)")
        }

        @Test func `a folder with too many types fails`() throws {
            let source = (0..<37).map { "struct Type\($0) {}" }.joined(separator: "\n")
            let run = try callGraph(["Types.swift": source])
            #expect(run.status == 1)
            #expect(run.errors.contains("More than 36 types"))
        }

        private func callGraph(_ files: [String: String]) throws -> ScriptRun {
            let tree = try SourceTree(files)
            return try tree.run("call-graph", ["--all"])
        }
    }
#endif

import Drawing
import Testing

@Suite("Data of the pictures") struct PictureDataTests {
    private static let page = """
        | Room | Purpose | Uses |
        |---|---|---|
        | `Client` | polls | `Scheduler`, `Job` |
        | `Scheduler` | queues | `Job` |
        | `Job` | names | — |

        | Folder | Uses |
        |---|---|
        | Other | Client |
        """

    @Test func `the rooms are those of the table with the columns Room and Uses`() throws {
        let arrows = try RoomArrows(page: Self.page)
        #expect(arrows.rooms == ["Client", "Scheduler", "Job"])
        #expect(arrows.used(by: "Client") == ["Scheduler", "Job"])
        #expect(arrows.used(by: "Job") == [])
    }

    @Test func `an arrow that follows from others isn't drawn`() throws {
        let arrows = try RoomArrows(page: Self.page)
        #expect(arrows.usedDirectly(by: "Client") == ["Scheduler"])
    }

    @Test func `a circle of rooms and a page without the table can't be drawn`() {
        let circle = Self.page.replacing("| names | — |", with: "| names | Client |")
        #expect(throws: PictureError.self) { try RoomsPicture.draw(page: circle) }
        #expect(throws: PictureError.self) { try RoomsPicture.draw(page: "| Folder | Uses |\n|---|---|\n| A | B |") }
    }

    @Test func `the picture of the rooms names each room and describes all arrows`() throws {
        let picture = try RoomsPicture.draw(page: Self.page)
        for room in ["Client", "Scheduler", "Job"] { #expect(picture.contains(">\(room)</text>")) }
        #expect(picture.contains("Client uses Scheduler, Job."))
        #expect(picture.matches(of: /class="line arrow"/).count == 2)
    }

    @Test func `the transitions of a job are the lines with an arrow`() throws {
        let source = """
                /// idle, parked → queued    the next request is due
                /// queued → polling         the limits allow < 2 requests
                case queued
            """
        let transitions = try JobStateTransition.all(in: source)
        #expect(transitions.map(\.sources) == [["idle", "parked"], ["queued"]])
        #expect(transitions.map(\.target) == ["queued", "polling"])
        #expect(try JobStatesPicture.draw(source: source).contains(">the limits allow &lt; 2 requests</text>"))
    }

    @Test(arguments: ["", "/// queued → forgotten   the job ended"])
    func `states without a transition, or with one that has no arrow in the picture, can't be drawn`(source: String) {
        #expect(throws: PictureError.self) { try JobStatesPicture.draw(source: source) }
    }

    @Test func `the life of a durable job has an arrow for each documented transition, and no other`() throws {
        let picture = try DurableJobPicture.draw(source: "/// waiting, parked → ended   it is cancelled")
        #expect(picture.matches(of: /class="line arrow"/).count == 2)
        #expect(picture.contains(">it is cancelled</text>"))
        #expect(throws: PictureError.self) { try DurableJobPicture.draw(source: "/// ended → waiting   never") }
    }

    @Test func `the death of a worker is described with the default times`() {
        let picture = WorkerDeathPicture.draw()
        #expect(picture.contains("renews its lease every 10 seconds"))
        #expect(picture.contains("sends nothing after 64 s"))
        #expect(picture.contains("declare it dead from 70 s on"))
    }

    @Test func `a type without a file can't be a step of a request`() {
        #expect(throws: PictureError.self) { try RequestPicture.draw(sources: ["Client/FetchClient.swift"]) }
    }

    @Test func `the figures of rules are read from lines of JSON, and the lowest cost comes first`() throws {
        let lines = """
            # poll-cost
            {"summary":"ratio","rule":"slow","mode":"cold","geometric_mean":4.5,"worst":9,"worst_trace":"a"}
            {"summary":"ratio","rule":"default","mode":"warm","geometric_mean":1.25,"worst":1.5,"worst_trace":"b"}
            """
        let picture = try CostsPicture.draw(lines: lines)
        #expect(picture.contains("FetchKit, after 500 jobs: 1.25, 1.50; slow: 4.50, 9.00."))
        #expect(throws: PictureError.self) { try CostsPicture.draw(lines: "{}") }
    }

    @Test func `the requests of the default schedule begin at the documented times`() {
        let first = ScheduledRequests.examples.map { $0.ages.prefix(3).map { $0.rounded() } }
        #expect(first == [[4, 9, 15], [14, 23, 32], [79, 88, 94]])
    }
}

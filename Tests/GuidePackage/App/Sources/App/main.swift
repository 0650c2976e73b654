import FetchCore
import FetchCurl
import Lantern
import ModelsLabVideo

let registry = try EndpointRegistry(.modelsLabVideo, .lanternFilm)
let client = try FetchClient(registry: registry, transport: .curl, credentials: .environment)
let film = try await client.result(.lanternFilm, id: "fl_8c1")
let output = try await client.result(JobReference("lantern.film:fl_8c1"))

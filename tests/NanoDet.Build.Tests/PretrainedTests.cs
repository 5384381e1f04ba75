using System.Security.Cryptography;
using NanoDet.Build.Tests.Infrastructure;
using NanoDet.Testing;
using Error = Microsoft.Build.Logging.StructuredLogger.Error;
using Warning = Microsoft.Build.Logging.StructuredLogger.Warning;

namespace NanoDet.Build.Tests;

/// <summary>Weights from the network: never silently, never other bytes than were meant, and once.</summary>
public sealed class PretrainedTests(PackageFeed feed)
{
    [Fact]
    public async Task A_file_of_the_project_is_compared_with_its_hash_and_read_once()
    {
        using var project = BuildProject.OfSdk(feed);
        TinyVoc.Write(project.Folder, 4);
        var path = project.Folder.Write("weights.pth", new string('w', 5000));
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(-1));
        var hash = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));
        var first = await PlanAsync(hash);
        Assert.True(first.ExitCode == 0, first.Output);
        Assert.Equal(["CheckProject", "MakePlan"], first.Tasks);

        foreach (var expected in new[] { new string('0', 64), new string('0', 64), hash })
        {
            var outcome = await PlanAsync(expected);
            Assert.Equal(expected == hash, outcome.ExitCode == 0);
            Assert.Equal(expected == hash ? 0 : 1, outcome.Diagnostics.Count(diagnostic => diagnostic is Error { Code: "NDB9061" }));
        }

        await project.SettleAsync(Weights(hash));
        Assert.Contains("images: 4, label files: 4; files hashed: 0, label files parsed: 0, image headers read: 0", (await PlanAsync(hash)).Messages);
        Assert.Contains((await PlanAsync("ff")).Diagnostics, diagnostic => diagnostic is Error { Code: "NDB3050" });

        Task<BuildOutcome> PlanAsync(string sha256) => project.BuildAsync(["-t:NanoDetPlan", .. Weights(sha256)]);

        static string[] Weights(string sha256) => ["-p:NanoDetPretrained=weights.pth", $"-p:NanoDetPretrainedSha256={sha256}"];
    }

    [Theory]
    [InlineData("load_model: weights.pth", "", "tiny.yml")]
    [InlineData("load_model: other.pth", "-p:NanoDetPretrained=weights.pth", "Model.proj")]
    public async Task What_a_training_says_of_its_weights_it_says_where_they_are_named(string line, string property, string named)
    {
        using var project = BuildProject.OfModel(feed, epochs: 1);
        var yml = TinyConfiguration.Yml(1).Replace("schedule:\n", $"schedule:\n  {line}\n", StringComparison.Ordinal);
        project.Folder.Write("tiny.yml", yml);
        project.Folder.Write("weights.pth", "no weights");

        var outcome = await project.BuildAsync([.. new[] { property }.Where(argument => argument.Length > 0)]);

        Assert.Single(outcome.Diagnostics, diagnostic => diagnostic is Error { Code: "NDB4103" });
        var place = project.Json("obj/nanodet/stages/train.request.json").GetProperty("pretrainedPlace");
        Assert.Equal(project.Folder[named], place.GetProperty("file").GetString());
        Assert.Equal(named == "tiny.yml" ? yml[..yml.IndexOf("load_model", StringComparison.Ordinal)].Count(c => c == '\n') + 1 : 0, place.GetProperty("line").GetInt32());
    }

    [Fact]
    public async Task Passwords_and_signatures_in_addresses_are_told_apart_from_what_may_be_shown()
    {
        using var project = BuildProject.OfModel(feed, epochs: 1);
        (string Property, string Value)[] secret =
        [
            ("NanoDetPretrained", "https://me:hush@localhost:1/w.pth?signature=hush"),
            ("NanoDetRemoteStore", "http://me:hush@localhost:1/team?signature=hush"),
            ("NanoDetPretrained", "ftp://me:hush@localhost/w.pth?signature=hush"),
            ("NanoDetRemoteStore", "ftp://me:hush@localhost/team?signature=hush"),
            ("NanoDetStore", "http://me:hush@localhost/team?signature=hush"),
        ];
        foreach (var (property, value) in secret)
        {
            var outcome = await project.BuildAsync($"-p:{property}={value}", $"-p:NanoDetPretrainedSha256={new string('0', 64)}");
            Assert.Equal(!value.StartsWith("ftp", StringComparison.Ordinal) && property != "NanoDetStore", outcome.Diagnostics.Any(diagnostic => diagnostic is Warning { Code: "NDB3072" }));
            Assert.DoesNotContain("hush", outcome.Output, StringComparison.Ordinal);
            // A property's own value is in the log whatever we do, which is what NDB3072 says.
            Assert.DoesNotContain(outcome.Diagnostics, diagnostic => diagnostic.Text.Contains("hush", StringComparison.Ordinal));
            Assert.DoesNotContain(outcome.Messages, message => message.StartsWith("NanoDet", StringComparison.Ordinal) && message.Contains("hush", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("NanoDetPretrained", "pretrained")]
    [InlineData("NanoDetBackboneWeights", "backboneWeights")]
    public async Task An_address_needs_a_hash_and_is_fetched_once(string property, string planned)
    {
        var content = RandomNumberGenerator.GetBytes(5000);
        var hash = Convert.ToHexString(SHA256.HashData(content));
        using var project = BuildProject.OfModel(feed, epochs: 1);
        using (var server = new FileServer(content))
        {
            var silent = await project.BuildAsync("-t:NanoDetPlan", $"-p:{property}={server.Address}");
            Assert.Single(silent.Diagnostics, diagnostic => diagnostic is Error { Code: "NDB3054" } && diagnostic.Text.Contains($"{property}Sha256", StringComparison.Ordinal));
            Assert.Equal(0, server.Requests);

            // A plan and a build that does not train know them by their hash alone.
            foreach (var quiet in new[] { "-t:NanoDetPlan", "-p:NanoDetTrain=Never", "-p:NanoDetTrain=IfCached" })
            {
                var outcome = await project.BuildAsync(quiet, $"-p:{property}={server.Address}", $"-p:{property}Sha256={hash}");
                Assert.Equal(!quiet.EndsWith("IfCached", StringComparison.Ordinal), outcome.ExitCode == 0);
                Assert.Equal(hash, project.Json("obj/nanodet/request.json").GetProperty(planned).GetString(), ignoreCase: true);
            }

            Assert.Equal(0, server.Requests);
            var fetched = await FetchAsync(server.Address, hash);
            Assert.True(fetched.ExitCode == 0, fetched.Output);
            Assert.Equal(1, server.Requests);
            Assert.Contains($"NanoDet: downloading {server.Address} to ", fetched.Output, StringComparison.Ordinal);
            Assert.Equal(content, File.ReadAllBytes(project.Folder[$"obj/nanodet/weights/{hash.ToLowerInvariant()}"]));

            var wrong = await FetchAsync(server.Address, new string('0', 64));
            Assert.Single(wrong.Diagnostics, diagnostic => diagnostic is Error { Code: "NDB9061" } && diagnostic.Text.Contains($"{property}Sha256", StringComparison.Ordinal));

            // The server is gone, and the project's copy with it: that of all projects serves.
            File.Delete(project.Folder[$"obj/nanodet/weights/{hash.ToLowerInvariant()}"]);
        }

        var again = await FetchAsync(new Uri("https://localhost:1/weights.pth"), hash);
        Assert.True(again.ExitCode == 0, again.Output);
        Assert.DoesNotContain("downloading", again.Output, StringComparison.Ordinal);

        // All that a build does before it trains.
        Task<BuildOutcome> FetchAsync(Uri address, string sha256) => project.BuildAsync(
            "-t:NanoDetPlan;_NanoDetFetchWeights", $"-p:{property}={address}", $"-p:{property}Sha256={sha256}", $"-p:NanoDetWeightsFolder={project.Folder["../weights"]}");
    }
}

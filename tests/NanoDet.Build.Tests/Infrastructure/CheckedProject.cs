using NanoDet.Testing;

namespace NanoDet.Build.Tests.Infrastructure;

/// <summary>One restored project for all tests of a class that leave it as it is.</summary>
public sealed class CheckedProject : IDisposable
{
    private BuildProject? _project;

    /// <summary>The project; the tests of a class run one after another.</summary>
    internal async Task<BuildProject> GetAsync(PackageFeed feed)
    {
        if (_project is null)
        {
            _project = BuildProject.OfSdk(feed);
            TinyVoc.Write(_project.Folder, 4);
            var restore = await _project.RunAsync("restore");
            Assert.True(restore.ExitCode == 0, restore.Output);
        }

        return _project;
    }

    /// <inheritdoc />
    public void Dispose() => _project?.Dispose();
}

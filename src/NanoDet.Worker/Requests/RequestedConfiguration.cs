using NanoDet.Core.Diagnostics;
using NanoDet.Core.Files;
using NanoDet.Data.Configuration;
using NanoDet.Pipeline.Diagnostics;

namespace NanoDet.Worker.Requests;

/// <summary>Reads the effective configuration that a request names.</summary>
internal static class RequestedConfiguration
{
    /// <summary>Reads the file.</summary>
    /// <exception cref="NanoDetException">NDB3018: it is not what the plan writes; NDB4040: it cannot be opened.</exception>
    public static NanoDetConfiguration Read(string path)
    {
        try
        {
            return ConfigurationJson.Read(path, RegularFile.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NanoDetException(WorkerDiagnostics.RequestMalformed(new SourceLocation(path), exception.Message.TrimEnd('.')), exception);
        }
    }
}

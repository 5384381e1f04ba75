using System.Globalization;
using NanoDet.SmallBoards;
using NanoDet.SmallBoards.Boards;
using NanoDet.SmallBoards.Programs;

// More cores than this machine has would wait for each other: a thread of ONNX Runtime spins until the others are done.
var cores = Math.Min(4, Environment.ProcessorCount);
var board = args switch
{
    [] => new Board("cortex-a72", 1024, cores),
    [var processor] => new Board(processor, 1024, cores),
    [var processor, var megabytes] => new Board(processor, int.Parse(megabytes, CultureInfo.InvariantCulture), cores),
    _ => null,
};
if (board is null)
{
    Console.Error.WriteLine("usage: dotnet run -c Release --project tests/NanoDet.SmallBoards -- [PROCESSOR [MEGABYTES]]    cortex-a53, cortex-a72 (default) or cortex-a76; 1024");
    return 2;
}

if (Requirements.Missing() is { } reason)
{
    Console.WriteLine($"skipped: {reason}");
    return 0;
}

try
{
    var isSame = Emulation.Run(board);
    Console.WriteLine();
    Console.WriteLine(isSame ? $"the same on {Target.Host} and {Target.Board}" : $"{Target.Host} and {Target.Board} differ");
    return isSame ? 0 : 1;
}
catch (Exception exception) when (exception is InvalidOperationException or TimeoutException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

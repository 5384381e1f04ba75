using System.Globalization;
using NanoDet.SmallBoards;
using NanoDet.SmallBoards.Boards;
using NanoDet.SmallBoards.Programs;

var board = args switch
{
    [] => new Board("cortex-a72", 1024, 4),
    [var processor] => new Board(processor, 1024, 4),
    [var processor, var megabytes] => new Board(processor, int.Parse(megabytes, CultureInfo.InvariantCulture), 4),
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

using System.Text;
using NanoDet.Tool.Commands;

// File names and class names are not ASCII everywhere; consoles that are redirected would fall back to the system's code page.
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
return await RootVerb.RunAsync(args);

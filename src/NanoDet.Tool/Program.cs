using System.Text;
using NanoDet.Tool.Commands;

// File names and class names are not always ASCII; redirected consoles would use the system's code page.
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
return await RootVerb.RunAsync(args);

"""Why a file is not taken, in words that say what to do instead."""

from __future__ import annotations

from tracker.kernel.words import Words

#: The most bytes of one file, and the most files of one sending.
MOST_BYTES = 20 * 1024 * 1024
MOST_FILES = 20
#: The most a whole sending carries.
MOST_TOGETHER = 100 * 1024 * 1024

EMPTY = Words(
    "文件是空的（0 字节）。请重新拍照或重新选择文件",
    "The file is empty (0 bytes). Take or choose it again",
)
TOO_BIG = Words(
    "文件超过 20 MB。照片请压缩或用微信「原图」以外的方式另存后再传；扫描件请降低分辨率",
    "The file is larger than 20 MB. Save the photo smaller, or scan at a lower resolution",
)
TOO_MANY = Words(
    "一次最多 20 个文件，后面的没有保存，请再传一次",
    "Twenty files at a time at most; the others were not stored, send them again",
)
TOO_MANY_PIXELS = Words(
    "图片超过 5000 万像素。请缩小后另存为 JPG 再传",
    "The picture has more than 50 megapixels. Make it smaller, save it as JPG and try again",
)
TOO_HEAVY = Words(
    "打开这个文件要用的内存太多。请缩小后另存为普通的 JPG（图片）或重新导出 PDF（文件）再传",
    "Opening this file takes too much memory. Make it smaller and save it as an ordinary JPG, or "
    "export the document as PDF again",
)
TOO_SLOW = Words(
    "这个文件没能在限定时间内打开。请另存为普通的 JPG 或 PDF 再传",
    "The file could not be opened in the time allowed. Save it as an ordinary JPG or PDF",
)
NO_ROOM = Words(
    "服务器磁盘已满，文件没有保存。请联系管理员清理磁盘后再传",
    "The server's disk is full and the file was not stored. Ask an administrator to clear it",
)
BUSY = Words(
    "正在处理别人上传的文件。请过一分钟再传一次",
    "Other people's files are being taken in. Try again in a minute",
)
DAMAGED = Words(
    "图片已损坏或没有传完整。请重新拍照，或打开后另存为 JPG 再传",
    "The picture is damaged or cut off. Take it again, or open it and save it as JPG",
)
ANIMATED = Words(
    "动图不能作佐证。请截取其中一张，存为 JPG 再传",
    "Moving pictures are not taken. Save one frame of it as JPG",
)
HEIC = Words(
    "本机没有安装 HEIC（苹果照片）解码组件。请在手机「设置→相机→格式」选择「兼容性最佳」，"
    "或把照片另存为 JPG 再传",
    "HEIC photos cannot be opened here. Choose “Most Compatible” in the phone's camera settings, "
    "or save the photo as JPG",
)
OTHER_PICTURE = Words(
    "不收 {kind} 图片。请打开后另存为 JPG 或 PNG 再传",
    "{kind} pictures are not taken. Open it and save it as JPG or PNG",
)
SVG = Words(
    "不收 SVG 图片，它可以夹带程序。请另存为 JPG 或 PNG 再传",
    "SVG pictures are not taken, as they can carry programs. Save it as JPG or PNG",
)
WEB_PAGE = Words(
    "这是网页文件。请用浏览器「打印→另存为 PDF」后再传",
    "This is a web page. Print it to PDF in the browser and send that",
)
PROGRAM = Words(
    "这是程序文件，不是照片或文档，不能上传",
    "This is a program, neither a photo nor a document, and cannot be taken",
)
VIDEO = Words(
    "不收视频和录音。请截取一张画面存为 JPG 再传",
    "Videos and recordings are not taken. Save one picture of it as JPG",
)
ARCHIVE = Words(
    "不收压缩包。请解压后把里面的照片和文件直接上传",
    "Archives are not taken. Unpack it and send the photos and documents themselves",
)
OLD_OFFICE = Words(
    "这是旧版 Office 或 WPS 格式。请另存为 .docx、.xlsx 或 PDF 再传",
    "This is an old Office or WPS format. Save it as .docx, .xlsx or PDF",
)
MACROS = Words(
    "文件里有宏或嵌入的程序。请另存为不含宏的 .docx、.xlsx，或导出 PDF 再传",
    "The file has macros or embedded programs. Save it as .docx or .xlsx without macros, or as PDF",
)
PASSWORD = Words(
    "文件有密码，别人打不开。请去掉密码后再传",
    "The file has a password. Take the password off and send it again",
)
NOT_OFFICE = Words(
    "压缩文件里不是 Word 或 Excel 文档。请上传 .docx、.xlsx、PDF 或照片",
    "This is no Word or Excel document. Send .docx, .xlsx, PDF or a photo",
)
DAMAGED_DOCUMENT = Words(
    "文件已损坏或没有传完整。请重新导出或重新扫描后再传",
    "The file is damaged or cut off. Export or scan it again",
)
TAIL = Words(
    "文件末尾附有不属于它的内容。请打开后重新导出或另存再传",
    "Something that does not belong to it is attached to the end of the file. Open it and save it "
    "anew",
)
UNKNOWN = Words(
    "认不出这是什么文件。可以上传：照片（JPG、PNG、WebP）、PDF、Word（.docx）、Excel（.xlsx）",
    "This kind of file is not known. Photos (JPG, PNG, WebP), PDF, .docx and .xlsx are taken",
)

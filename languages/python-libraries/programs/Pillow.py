import io

from PIL import Image, ImageFilter

picture = Image.new("RGB", (8, 8), (200, 100, 50)).filter(ImageFilter.BLUR)
file = io.BytesIO()
picture.save(file, "JPEG", quality=95)
print(Image.open(file).size, picture.getpixel((4, 4)))

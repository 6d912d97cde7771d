# ما تقدمه كل شاشة في زاويتها.

corner-access = استخدام أسهل
corner-large-text = نص أكبر
corner-reach = كل الأزرار في الأسفل
corner-end = إنهاء ومحو كل ما يخصني

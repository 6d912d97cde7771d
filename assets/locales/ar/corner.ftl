# ما تقدمه كل شاشة في زاويتها.

corner-access = استخدام أسهل
corner-large-text = نص أكبر
corner-reach = كل الأزرار في الأسفل
corner-end = انتهيت
corner-end-name = إنهاء ونسيان كل شيء

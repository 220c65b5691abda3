// Wrong: replaces fewer than K unless K is 0.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int k;
    string s;
    cin >> k >> s;
    vector<int> count(26);
    int left = 0, best = 0;
    for (int right = 0; right < (int)s.size(); right++) {
        count[s[right] - 'a']++;
        while (right - left + 1 - *max_element(count.begin(), count.end()) > max(0, k - 1)) count[s[left++] - 'a']--;
        best = max(best, right - left + 1);
    }
    cout << best << endl;
}
